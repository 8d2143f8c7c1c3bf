package org.regstream.service.alert;

import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.core.line.Receipt;
import org.regstream.service.metrics.PipelineMetrics;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.wire.ReceiptDocument;

/** What displays say that they show, to the lines of their procedures. A bad one is counted and forgotten: the next comes soon. */
public final class Receipts {

    private static final Logger LOG = Logger.getLogger(Receipts.class);

    private final ProcedureDesk desk;
    private final PipelineMetrics metrics;

    public Receipts(ProcedureDesk desk, PipelineMetrics metrics) {
        this.desk = desk;
        this.metrics = metrics;
    }

    /** One record of the topic. Does not throw. */
    public void apply(String key, byte[] json) {
        try {
            Receipt receipt = ReceiptDocument.read(key, json);
            desk.line(receipt.procedureId()).ifPresentOrElse(line -> line.onReceipt(receipt),
                    () -> metrics.countReceiptRefused("no-procedure"));
        } catch (DecodeException e) {
            metrics.countReceiptRefused("decode");
            LOG.debugf("receipt refused: %s", e.getMessage());
        } catch (RuntimeException e) {
            metrics.countReceiptRefused("internal-fault");
            LOG.error("a receipt failed", e);
        }
    }
}
