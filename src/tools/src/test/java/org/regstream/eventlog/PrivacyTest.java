package org.regstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.regstream.core.line.Event;
import org.regstream.core.line.Moment;
import org.regstream.core.line.Payload;

/** No log leads to a patient, or to whoever looked after him. */
class PrivacyTest {

    @Test
    void shouldHoldNoUidAndNoNameOfTheOperation() {
        String log = String.join("\n", Recording.whole());

        assertThat(log).contains("FrameCame", "Acknowledged", "show labels 1", "person-1").doesNotContain("2.25.",
                "Dr Grey", "Grey");
        assertThat(log).doesNotContainPattern("[0-9a-f]{32}");
    }

    @Test
    void shouldHoldNoPixel() {
        Recording.steps(Recording.read(Recording.whole())).stream().map(LoggedStep::event)
                .filter(Event.FrameCame.class::isInstance).map(event -> (Event.FrameCame<?>) event)
                .forEach(came -> assertThat(came.frame().slices())
                        .allSatisfy(slice -> assertThat(slice.values()).containsOnly(0)));
    }

    @Test
    void shouldHideOnlyWhatThereIs() {
        RecordShape.HIDDEN.forEach((type, hidden) -> assertThat(
                Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList())
                .as(type.getSimpleName()).containsAll(hidden.keySet()));
    }

    /** Whoever adds a text to an event decides here whether it may be told. */
    @Test
    void shouldKnowEveryTextThatIsToldAsItIs() {
        Set<String> told = new TreeSet<>();
        Set<Class<?>> seen = new HashSet<>();
        for (Class<?> root : new Class<?>[]{LogHeader.class, Moment.class, Event.class}) {
            follow(root, seen, told);
        }

        assertThat(told).containsExactlyInAnyOrder(
                // words of the code, versions, numbers of this service
                "LogHeader.regstream", "LineRules.provider", "LineRules.runId", "StoredAlerts.writer",
                "AlertThresholds.version", "AlertThresholds.basis", "Nothing.rule", "Measurement.unit",
                "Measurement.thresholdVersion", "NotJudged.feature", "Size.what", "AlertLife.alertId", "Told.alertId",
                "Acknowledged.alertId",
                // what hospitals name, by contract not after patients
                "ProcedureFacts.id", "Receipt.procedureId", "Receipt.display",
                // anatomy
                "Structure.name", "Structure.code", "Structure.meaning", "Structure.colour", "Condition.structure",
                // sentences for the operator, by contract without identity
                "Finding.sentence", "Nothing.reason", "Unpublishable.reason");
    }

    private static void follow(Type type, Set<Class<?>> seen, Set<String> told) {
        if (type instanceof ParameterizedType of) {
            follow(of.getRawType(), seen, told);
            Arrays.stream(of.getActualTypeArguments()).forEach(argument -> follow(argument, seen, told));
        }
        if (!(type instanceof Class<?> plain) || plain == Payload.class || !seen.add(plain)) {
            return;
        }
        if (plain.isSealed()) {
            Arrays.stream(plain.getPermittedSubclasses()).forEach(c -> follow(c, seen, told));
        } else if (plain.isRecord()) {
            Map<String, Names.Kind> hidden = RecordShape.HIDDEN.getOrDefault(plain, Map.of());
            for (RecordComponent component : plain.getRecordComponents()) {
                Type of = component.getGenericType();
                boolean isText = of == String.class || of.getTypeName().equals("java.util.Optional<java.lang.String>");
                if (isText && !hidden.containsKey(component.getName())) {
                    told.add(plain.getSimpleName() + "." + component.getName());
                }
                follow(of, seen, told);
            }
        }
    }
}
