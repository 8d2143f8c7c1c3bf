package org.regstream.service.health;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.regstream.service.procedure.SetAsideRecords;
import org.regstream.service.procedure.SetAsideRecords.SetAside;

/** Always up: names the records that were set aside, which stop nothing but themselves. */
@Readiness
@Singleton
public class RecordsReadiness implements HealthCheck {

    private final SetAsideRecords aside;

    RecordsReadiness(SetAsideRecords aside) {
        this.aside = aside;
    }

    @Override
    public HealthCheckResponse call() {
        List<SetAside> told = aside.told();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("records").up().withData("setAside",
                told.size());
        for (int n = 0; n < told.size(); n++) {
            response.withData("setAside" + (n + 1), told.get(n).toString());
        }
        return response.build();
    }
}
