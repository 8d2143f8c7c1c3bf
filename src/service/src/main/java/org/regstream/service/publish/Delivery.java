package org.regstream.service.publish;

import java.util.Optional;
import org.regstream.core.line.EncodedObject;
import org.regstream.service.dicomweb.ResultStore;
import org.regstream.service.dicomweb.StoredResult;
import org.regstream.service.wire.CloudEvent;

/** Keeps each object for WADO-RS, and sends what a topic cannot take by its address there. Thread-safe. */
public final class Delivery {

    private static final String ROOT = "/dicomweb";

    private final ResultStore store;
    private final long maxValueBytes;
    private final String root;

    /**
     * @param store         referenced, not owned
     * @param maxValueBytes largest value a topic takes
     * @param publicUrl     of this service's {@code /dicomweb}; empty: addresses are relative to the service
     */
    public Delivery(ResultStore store, long maxValueBytes, Optional<String> publicUrl) {
        this.store = store;
        this.maxValueBytes = maxValueBytes;
        this.root = publicUrl.map(url -> url.replaceAll("/+$", "")).orElse(ROOT);
    }

    /** @return the event with the object, or with its address */
    CloudEvent deliver(CloudEvent event, EncodedObject object) {
        store.put(stored(object));
        return object.dicom().length <= maxValueBytes ? event : byReference(event, object);
    }

    /** Of an object that was delivered before, and that its topic would not take.
     *  @return the event with the object's address */
    CloudEvent byReference(CloudEvent event, EncodedObject object) {
        return event.byReference(root + stored(object).path());
    }

    private static StoredResult stored(EncodedObject object) {
        return new StoredResult(object.study(), object.series(), object.uid(), object.dicom());
    }
}
