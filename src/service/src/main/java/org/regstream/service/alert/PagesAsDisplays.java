package org.regstream.service.alert;

import jakarta.enterprise.context.ApplicationScoped;
import org.regstream.core.line.Receipt;
import org.regstream.service.page.PageReceipt;
import org.regstream.service.page.PageReceipts;
import org.regstream.service.procedure.ProcedureDesk;

/** The service's own pages are displays like others: each is missed when it stops to confirm without saying that it is closed. */
@ApplicationScoped
public class PagesAsDisplays implements PageReceipts {

    private final ProcedureDesk desk;

    PagesAsDisplays(ProcedureDesk desk) {
        this.desk = desk;
    }

    @Override
    public void onReceipt(PageReceipt page) {
        desk.line(page.procedureId()).ifPresent(line -> line.onReceipt(new Receipt(page.procedureId(), page.displayId(),
                page.isClosed(), page.eventId(), page.at())));
    }
}
