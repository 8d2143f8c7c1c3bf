package org.regstream.core.line;

import java.util.List;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.alert.AlertPolicy;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.ProcedureFacts;

/**
 * What does not change while a procedure is at work.
 *
 * @param procedure      the operation, without its images
 * @param digest         SHA-256 of its bundle: what is known of its alerts is of no other
 * @param assembly       how frames become volumes
 * @param thresholds     limits of the model package
 * @param alerts         how alerts live
 * @param isAssessed     whether the package has an ensemble: then it judges, and not the student
 * @param maxObjectBytes largest object that can be handed out, on a topic or by reference
 * @param runId          names this run of the service
 * @param provider       where the network runs, such as {@code cpu}
 */
public record LineRules(ProcedureFacts procedure, String digest, AssemblyPolicy assembly, AlertThresholds thresholds,
        AlertSettings alerts, boolean isAssessed, long maxObjectBytes, String runId, String provider) {

    public LineRules(Procedure procedure, String digest, AssemblyPolicy assembly, AlertThresholds thresholds,
            AlertSettings alerts, boolean isAssessed, long maxObjectBytes, String runId, String provider) {
        this(procedure.facts(), digest, assembly, thresholds, alerts, isAssessed, maxObjectBytes, runId, provider);
    }

    String id() {
        return procedure.id();
    }

    List<Structure> structures() {
        return procedure.structures();
    }

    /** @return one that goes on with what is known */
    public AlertPolicy policy(AlertMemory memory) {
        return new AlertPolicy(id(), procedure.structureNames(), thresholds, alerts, memory);
    }
}
