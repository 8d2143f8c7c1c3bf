package org.regstream.service.page;

/** Told what pages show. Calls return at once. */
@FunctionalInterface
public interface PageReceipts {

    /** The first of a result comes as soon as it is painted; then it is repeated. */
    void onReceipt(PageReceipt receipt);
}
