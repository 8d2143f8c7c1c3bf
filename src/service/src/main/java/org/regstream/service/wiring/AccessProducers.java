package org.regstream.service.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.ConfigProvider;
import org.regstream.service.access.AccessMode;
import org.regstream.service.access.Accounts;
import org.regstream.service.config.RegstreamSettings;

/** Who may come in, from the settings; either refuses the start. */
final class AccessProducers {

    @Produces
    @Singleton
    AccessMode mode() {
        return AccessMode.of(ConfigProvider.getConfig());
    }

    @Produces
    @Singleton
    Accounts accounts(RegstreamSettings settings, Clock clock) {
        return new Accounts(settings.access().users(), clock);
    }
}
