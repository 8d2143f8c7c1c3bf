package org.regstream.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regstream.core.assembly.Marks;
import org.regstream.core.line.Event;
import org.regstream.core.line.Moment;
import org.regstream.core.line.Payload;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Verdict;
import org.regstream.core.volume.Volume;
import org.regstream.eventlog.LogHeader;
import org.regstream.eventlog.LoggedFrame;
import org.regstream.service.Main;
import org.regstream.service.rest.AcknowledgementRequest;
import org.regstream.service.rest.Problem;
import org.regstream.service.rest.ProcedureSummary;
import org.regstream.wire.AlertEvent;
import org.regstream.wire.AlertStateDocument;
import org.regstream.wire.HeartbeatEvent;
import org.regstream.wire.NoRegistrationEvent;
import org.regstream.wire.ProcedureDocument;
import org.regstream.wire.ReceiptDocument;
import org.regstream.wire.ResultFiguresDocument;
import picocli.CommandLine;

/** The hints for a native executable are complete, as far as that shows without building one. */
class NativeHintsTest {

    private static final String JNI_LIBRARY = "/ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";
    private static final String JNI_HINTS = "/META-INF/native-image/org.regstream/regstream-service/jni-config.json";

    @Test
    void shouldRegisterEverythingThatJsonIsReadIntoOrWrittenFrom() {
        Set<Class<?>> reached = new HashSet<>();
        Stream.of(ModelManifest.class, ProcedureDocument.class, AlertEvent.class, AlertStateDocument.class,
                HeartbeatEvent.class, NoRegistrationEvent.class, ReceiptDocument.class, AcknowledgementRequest.class,
                ProcedureSummary.class, Problem.class, ResultFiguresDocument.class)
                .forEach(root -> follow(root, reached));

        assertThat(reached).hasSizeGreaterThan(5);
        assertThat(registered()).containsAll(reached.stream().map(Class::getName).toList());
    }

    @Test
    void shouldRegisterEverythingThatALogOfEventsIsMadeOf() {
        Set<Class<?>> reached = new HashSet<>();
        Stream.of(LogHeader.class, Moment.class, Event.class, LoggedFrame.class)
                .forEach(root -> followWhole(root, reached));

        assertThat(reached).contains(Event.Tick.class, Verdict.Judged.class).hasSizeGreaterThan(50);
        assertThat(Stream.of(EventLogHints.class.getAnnotation(RegisterForReflection.class).targets()))
                .containsAll(reached);
    }

    @Test
    void shouldRegisterEveryCommand() {
        Set<String> commands = new HashSet<>(Set.of(Main.class.getName()));
        new CommandLine(new Main()).getSubcommands().values()
                .forEach(c -> commands.add(c.getCommand().getClass().getName()));

        assertThat(registered()).containsAll(commands);
    }

    @Test
    void shouldLetOnnxRuntimeFindItsClassesFromNativeCode() throws Exception {
        Set<String> hinted = new TreeSet<>();
        try (InputStream in = getClass().getResourceAsStream(JNI_HINTS)) {
            for (JsonNode entry : new ObjectMapper().readTree(in)) {
                hinted.add(entry.get("name").asText().replace('.', '/'));
            }
        }

        assertThat(classesLookedUp()).contains("ai/onnxruntime/OnnxTensor").isSubsetOf(hinted);
    }

    /** The names that the library hands to JNI lie in it as text. */
    private static Set<String> classesLookedUp() throws Exception {
        try (InputStream in = CommandLine.class.getResourceAsStream(JNI_LIBRARY)) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return Pattern.compile("\0(ai/onnxruntime/[A-Za-z]+)(?=\0)").matcher(text).results()
                    .map((MatchResult m) -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> registered() {
        RegisterForReflection hints = NativeHints.class.getAnnotation(RegisterForReflection.class);
        return Stream.concat(Stream.of(hints.targets()).map(Class::getName), Stream.of(hints.classNames()))
                .collect(Collectors.toSet());
    }

    /** Also into sealed interfaces; not into what a log leaves out, or has a form of its own for. */
    private static void followWhole(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType generic) {
            followWhole(generic.getRawType(), reached);
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> followWhole(argument, reached));
        } else if (type instanceof Class<?> c && c.getName().startsWith("org.regstream.")
                && !Set.of(Payload.class, Volume.class, Marks.class).contains(c) && reached.add(c)) {
            if (c.isSealed()) {
                Stream.of(c.getPermittedSubclasses()).forEach(one -> followWhole(one, reached));
            } else if (c.isRecord()) {
                Stream.of(c.getRecordComponents()).forEach(part -> followWhole(part.getGenericType(), reached));
            }
        }
    }

    private static void follow(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> follow(argument, reached));
        } else if (type instanceof Class<?> c && c.getName().startsWith("org.regstream.") && reached.add(c)
                && c.isRecord()) {
            Stream.of(c.getRecordComponents()).map(RecordComponent::getGenericType)
                    .forEach(component -> follow(component, reached));
        }
    }
}
