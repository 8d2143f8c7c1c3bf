package org.regstream.service.wiring;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.EnsembleSpec;
import org.regstream.core.model.GenericLimits;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Alignment;
import org.regstream.service.rest.AcknowledgementRequest;
import org.regstream.service.rest.Problem;
import org.regstream.service.rest.ProcedureSummary;
import org.regstream.wire.AlertEvent;
import org.regstream.wire.AlertStateDocument;
import org.regstream.wire.HeartbeatEvent;
import org.regstream.wire.NoRegistrationEvent;
import org.regstream.wire.PoseDocument;
import org.regstream.wire.ProcedureDocument;
import org.regstream.wire.ReceiptDocument;
import org.regstream.wire.ResultFiguresDocument;

/**
 * What a native executable must be able to look into: everything that is read from or written as JSON, and the commands,
 * whose options are set by reflection. A test follows both and names what is missing here.
 */
@RegisterForReflection(targets = {ModelManifest.class, ModelGrid.class, IntensityMapping.class, Structure.class,
        GraphSpec.class, EnsembleSpec.class, AlertThresholds.class, DicePredictor.class, DicePredictor.Range.class,
        GenericLimits.class, ProcedureDocument.class,
        ProcedureDocument.StructureDocument.class,
        ProcedureDocument.Live.class, ProcedureDocument.Patient.class, ProcedureDocument.PatientOverride.class,
        Alignment.class, AlertEvent.class, AlertEvent.Figure.class, AlertEvent.Seen.class,
        HeartbeatEvent.class, HeartbeatEvent.Newest.class, HeartbeatEvent.Queue.class,
        HeartbeatEvent.OpenCount.class, NoRegistrationEvent.class, ReceiptDocument.class, AlertStateDocument.class,
        AlertStateDocument.Life.class, AlertStateDocument.Found.class, AlertStateDocument.Over.class,
        AcknowledgementRequest.class, ResultFiguresDocument.class, ResultFiguresDocument.CandidateScore.class,
        ResultFiguresDocument.OfStructure.class, ResultFiguresDocument.OfVerdict.class,
        ResultFiguresDocument.OutOfRange.class, PoseDocument.class,
        ProcedureSummary.class, Problem.class}, classNames = {"org.regstream.service.Main",
                "org.regstream.service.ServeCommand",
                "org.regstream.service.UserCommand", "org.regstream.service.UserCommand$Add",
                "org.regstream.service.UserCommand$Remove", "org.regstream.service.UserCommand$Listing",
                "org.regstream.service.UserCommand$UsersOption", "org.regstream.service.page.PageReport",
                "org.regstream.tools.register.RegisterCommand", "org.regstream.tools.replay.ReplayLogCommand",
                "org.regstream.tools.transform.ApplyCommand",
                "org.regstream.tools.transform.PointsCommand", "org.regstream.tools.transform.TransformOptions"})
final class NativeHints {

    private NativeHints() {}
}
