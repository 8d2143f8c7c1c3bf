package org.regstream.service.page;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Nobody asks what pages show. */
@DefaultBean
@ApplicationScoped
class UnaskedReceipts implements PageReceipts {

    @Override
    public void onReceipt(PageReceipt receipt) {}
}
