package org.regstream.service.wiring;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertLife;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.alert.AlertPace;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.alert.AlertState;
import org.regstream.core.alert.Condition;
import org.regstream.core.alert.Ending;
import org.regstream.core.alert.Finding;
import org.regstream.core.alert.Measurement;
import org.regstream.core.alert.ReceiptRule;
import org.regstream.core.align.Pose;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.GeometryTolerance;
import org.regstream.core.assembly.Marks.Mark;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.Event;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Moment;
import org.regstream.core.line.Network;
import org.regstream.core.line.Receipt;
import org.regstream.core.line.Sight;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.GenericLimits;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.model.Verdict;
import org.regstream.core.pipeline.StructureAssessment;
import org.regstream.core.pipeline.StructureFigures;
import org.regstream.core.procedure.LabelSource;
import org.regstream.core.procedure.ProcedureFacts;
import org.regstream.core.quality.FieldQuality;
import org.regstream.eventlog.LogHeader;
import org.regstream.eventlog.LoggedFrame;

/** What a native executable must be able to look into so that it can write logs of events and replay them. A test follows the types and names what is missing here. */
@RegisterForReflection(targets = {LogHeader.class, LoggedFrame.class, Moment.class, LineRules.class,
        ProcedureFacts.class, StoredAlerts.class, Event.class, Event.FrameCame.class, Event.Turn.class,
        Event.Looked.class, Event.Passed.class, Event.Published.class, Event.Unpublishable.class, Event.Told.class,
        Event.Kept.class, Event.Confirmed.class, Event.Acknowledged.class, Event.Tick.class, Event.Pressed.class,
        Event.Revoked.class,
        Event.Stopped.class, Event.Deleted.class, Event.Answer.class, Event.Answer.Found.class,
        Event.Answer.Nothing.class, Sight.class, Sight.Size.class, Network.class, Receipt.class, Acknowledgement.class,
        AlertCode.class, AlertLife.class, AlertMemory.class, AlertPace.class, AlertPriority.class, AlertSettings.class,
        AlertState.class, Condition.class, Ending.class, Finding.class, Measurement.class, ReceiptRule.class,
        Pose.class, AssemblyPolicy.class, GeometryTolerance.class, Frame.class, Mark.class, Affine.class,
        Grid.class, Vector3.class, AlertThresholds.class, DicePredictor.class, DicePredictor.Range.class,
        GenericLimits.class, ReliabilityFeatures.class, Structure.class, Verdict.class, Verdict.Judged.class,
        Verdict.NotJudged.class, StructureAssessment.class, StructureFigures.class, LabelSource.class,
        FieldQuality.class})
final class EventLogHints {

    private EventLogHints() {}
}
