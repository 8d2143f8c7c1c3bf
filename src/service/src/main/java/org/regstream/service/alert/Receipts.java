package org.regstream.service.alert;

import org.regstream.core.line.Receipt;
import org.regstream.service.line.PipelineMetrics;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.wire.ReceiptDocument;

/** What displays say that they show, to the lines of their procedures. */
public final class Receipts {

    private final ProcedureDesk desk;
    private final PipelineMetrics metrics;

    public Receipts(ProcedureDesk desk, PipelineMetrics metrics) {
        this.desk = desk;
        this.metrics = metrics;
    }

    /** @throws org.regstream.core.DecodeException if the record is no receipt */
    public void apply(String key, byte[] json) {
        Receipt receipt = ReceiptDocument.read(key, json);
        desk.line(receipt.procedureId()).ifPresentOrElse(line -> line.onReceipt(receipt), metrics::countReceiptUnused);
    }
}
