package org.regstream.service.page;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what pages say they show. */
@Mock
@Singleton
public class RecordedReceipts implements PageReceipts {

    private final List<PageReceipt> receipts = new CopyOnWriteArrayList<>();

    @Override
    public void onReceipt(PageReceipt receipt) {
        receipts.add(receipt);
    }

    List<PageReceipt> of(String procedureId) {
        return receipts.stream().filter(receipt -> receipt.procedureId().equals(procedureId)).toList();
    }
}
