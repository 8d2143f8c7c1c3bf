package org.regstream.service.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.dicomweb.ResultStore;
import org.regstream.service.dicomweb.StorageLimits;
import org.regstream.service.publish.Delivery;

/** What DICOMweb takes in and keeps. */
final class DicomwebProducers {

    @Produces
    @Singleton
    StorageLimits limits(RegstreamSettings settings) {
        RegstreamSettings.Dicomweb d = settings.dicomweb();
        return new StorageLimits(Math.toIntExact(d.maxInstanceBytes().asLongValue()),
                d.maxRequestBytes().asLongValue(), d.maxRequests(), d.requestTimeout());
    }

    @Produces
    @Singleton
    Delivery delivery(RegstreamSettings settings, ResultStore store) {
        return new Delivery(store, settings.publishing().maxValueBytes().asLongValue(),
                settings.dicomweb().publicUrl());
    }

    @Produces
    @Singleton
    ResultStore results(RegstreamSettings settings, MeterRegistry registry, Clock clock) {
        ResultStore store = new ResultStore(settings.dicomweb().resultsBytes().asLongValue(),
                settings.dicomweb().resultsAge(), clock);
        Gauge.builder("regstream.results.kept.size", store::bytes).baseUnit("bytes").register(registry);
        FunctionCounter.builder("regstream.results.evicted", store, ResultStore::evicted).register(registry);
        return store;
    }
}
