package org.regstream.gateway.operate;

import java.io.IOException;
import java.util.Calendar;
import java.util.List;
import org.dcm4che3.audit.ActiveParticipant;
import org.dcm4che3.audit.ActiveParticipantBuilder;
import org.dcm4che3.audit.AuditMessage;
import org.dcm4che3.audit.AuditMessages;
import org.dcm4che3.audit.AuditMessages.EventActionCode;
import org.dcm4che3.audit.AuditMessages.EventID;
import org.dcm4che3.audit.AuditMessages.EventOutcomeIndicator;
import org.dcm4che3.audit.AuditMessages.EventTypeCode;
import org.dcm4che3.audit.AuditMessages.RoleIDCode;
import org.dcm4che3.audit.AuditSourceIdentification;
import org.dcm4che3.audit.EventIdentificationBuilder;

/**
 * Audit messages of PS3.15 A.5: start and stop of the application, each association as a login and logout of a node, each
 * refusal as a security alert. They carry application entities and addresses, never a patient. Safe for many threads.
 */
public final class AuditTrail {

    /** Where the messages go, as XML in one line. */
    public interface Sink {
        void write(String message);
    }

    private final String aeTitle;
    private final Sink sink;

    public AuditTrail(String aeTitle, Sink sink) {
        this.aeTitle = aeTitle;
        this.sink = sink;
    }

    public void started() {
        write(EventID.ApplicationActivity, EventTypeCode.ApplicationStart, EventOutcomeIndicator.Success, null,
                List.of(self()));
    }

    public void stopped() {
        write(EventID.ApplicationActivity, EventTypeCode.ApplicationStop, EventOutcomeIndicator.Success, null,
                List.of(self()));
    }

    public void opened(String callingAe, String host) {
        write(EventID.UserAuthentication, EventTypeCode.Login, EventOutcomeIndicator.Success, null,
                List.of(peer(callingAe, host), self()));
    }

    public void closed(String callingAe, String host) {
        write(EventID.UserAuthentication, EventTypeCode.Logout, EventOutcomeIndicator.Success, null,
                List.of(peer(callingAe, host), self()));
    }

    /** @param callingAe as the peer calls itself, or "unknown" where it did not come to that */
    public void refused(String callingAe, String host, String why) {
        write(EventID.SecurityAlert, EventTypeCode.NodeAuthentication, EventOutcomeIndicator.MinorFailure, why,
                List.of(peer(callingAe, host), self()));
    }

    private void write(EventID event, EventTypeCode type, String outcome, String why, List<ActiveParticipant> who) {
        AuditMessage message = AuditMessages.createMessage(
                new EventIdentificationBuilder(event, EventActionCode.Execute, Calendar.getInstance(), outcome)
                        .eventTypeCode(type)
                        .outcomeDesc(why)
                        .build(),
                who);
        message.getAuditSourceIdentification().add(source());
        try {
            sink.write(AuditMessages.toXML(message).replace('\n', ' '));
        } catch (IOException e) {
            throw new IllegalStateException("an audit message could not be written as XML", e);
        }
    }

    private AuditSourceIdentification source() {
        return AuditMessages.createAuditSourceIdentification(null, aeTitle);
    }

    private ActiveParticipant self() {
        return new ActiveParticipantBuilder(aeTitle, null).roleIDCode(RoleIDCode.Application).build();
    }

    private static ActiveParticipant peer(String callingAe, String host) {
        return new ActiveParticipantBuilder(callingAe, host).roleIDCode(RoleIDCode.Source).isRequester().build();
    }
}
