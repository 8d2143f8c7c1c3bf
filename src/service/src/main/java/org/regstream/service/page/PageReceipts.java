package org.regstream.service.page;

/** Told what pages show. Calls return at once. */
@FunctionalInterface
public interface PageReceipts {

    /** A result is on a screen; a repeat of the same result on the same display may come. */
    void onShown(PageReceipt receipt);
}
