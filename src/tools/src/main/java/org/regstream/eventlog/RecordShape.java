package org.regstream.eventlog;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Ending;
import org.regstream.core.alert.Finding;
import org.regstream.core.assembly.Frame;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Receipt;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.procedure.ProcedureFacts;
import org.regstream.eventlog.Names.Kind;

/** What the records of {@code core} are made of, and what of them is not told. */
final class RecordShape {

    /** Key of what says which of its records a sealed interface is. */
    static final String TYPE = "type";

    /** Whatever else is text is a number in words, a word of the code, or a sentence without identity; a test holds the list of all of them. */
    static final Map<Class<?>, Map<String, Kind>> HIDDEN = Map.of(
            Frame.class, Map.of("sopInstanceUid", Kind.UID, "studyInstanceUid", Kind.UID, "seriesInstanceUid", Kind.UID,
                    "frameOfReferenceUid", Kind.UID),
            ProcedureFacts.class, Map.of("space", Kind.UID),
            Finding.class, Map.of("volumeId", Kind.VOLUME),
            Ending.class, Map.of("volumeId", Kind.VOLUME),
            Receipt.class, Map.of("shown", Kind.EVENT),
            LineRules.class, Map.of("digest", Kind.BUNDLE),
            StoredAlerts.class, Map.of("digest", Kind.BUNDLE),
            Acknowledgement.class, Map.of("by", Kind.PERSON));

    /** @param component of a record
     *  @param hidden    what it names, null if nothing is hidden */
    record Part(RecordComponent component, Kind hidden) {

        String name() {
            return component.getName();
        }
    }

    /** Of records, which are looked into once. */
    private static final Map<Class<?>, List<Part>> PARTS = new ConcurrentHashMap<>();

    /** Whether a record is one of those of a sealed interface. */
    static boolean isCase(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    static Stream<Class<?>> cases(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses()).sorted(Comparator.comparing(Class::getSimpleName));
    }

    static List<Part> parts(Class<?> type) {
        return PARTS.computeIfAbsent(type, t -> {
            Map<String, Kind> hidden = HIDDEN.getOrDefault(t, Map.of());
            return Arrays.stream(t.getRecordComponents()).map(c -> new Part(c, hidden.get(c.getName()))).toList();
        });
    }

    private RecordShape() {}
}
