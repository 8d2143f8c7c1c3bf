package org.regstream.service.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.regstream.dicom.write.SegmentationType;

/**
 * All settings of regstream itself, prefix {@code regstream}; {@code service.wiring} turns them into core values that
 * validate themselves, and {@link SettingRanges} refuses what would tell nobody. What a network expects comes from its manifest, never from here.
 */
@ConfigMapping(prefix = "regstream")
public interface RegstreamSettings {

    /** Folder of the installation, told by the launcher {@code ./regstream}; commands find the model package there. */
    Optional<Path> home();

    Topics topics();

    ModelSettings model();

    Scanner scanner();

    Assembly assembly();

    Access access();

    Procedures procedures();

    Freshness freshness();

    Publishing publishing();

    Alerts alerts();

    Receipts receipts();

    Segmentation segmentation();

    Dicomweb dicomweb();

    Navigation navigation();

    Page page();

    EventLog eventLog();

    MemoryShares memory();

    /** Names of the Kafka topics, and whether the service creates missing ones. */
    interface Topics {

        /** Creates missing topics at start; false where an operator owns them: then a missing topic refuses the start. */
        @WithDefault("true")
        boolean create();

        /** Partitions of a created topic, 1 or more; instances share the partitions of {@code frames}. */
        @WithDefault("4")
        int partitions();

        /** Replicas of a created topic: 1 on one machine, 3 on a cluster. */
        @WithDefault("1")
        short replication();

        /** DICOM instances in. */
        @WithDefault("dicom.frames")
        String frames();

        /** Instances that cannot be used, with the reason in headers. */
        @WithDefault("dicom.frames.dead-letter")
        String deadLetter();

        /** Procedure bundles, compacted. */
        @WithDefault("registration.procedures")
        String procedures();

        /** Segmentation objects out. */
        @WithDefault("display.labels")
        String labels();

        /** Maps of uncertainty out, where the model package has an ensemble. */
        @WithDefault("display.uncertainty")
        String uncertainty();

        /** Displacement fields out, where live and pre-operative image are in different frames of reference. */
        @WithDefault("display.displacement")
        String displacement();

        /** Alerts out. */
        @WithDefault("display.alerts")
        String alerts();

        /** Heartbeats out. */
        @WithDefault("display.status")
        String status();

        /** What displays show, in. */
        @WithDefault("display.receipts")
        String receipts();

        /** What outlives this process of alerts, compacted; of the service's own. */
        @WithDefault("registration.alerts")
        String alertStates();

        /** How long the broker may take to answer at start; 1 s to 5 min. */
        @WithDefault("30s")
        Duration timeout();
    }

    /** Which network, and where it runs. */
    interface ModelSettings {

        /** Folder of the model package; by default that of the installation. */
        @WithName("package")
        @WithDefault("${regstream.home:.}/models/hippocampus")
        Path folder();

        /** {@code cpu}, {@code cuda} or {@code auto}; {@code cuda} refuses to start without a working device. */
        @WithDefault("cpu")
        String provider();

        /** Registrations at a time; the network's calls are serialised inside it, so more than 2 seldom helps; 1 to 16. */
        @WithDefault("2")
        int workers();

        /** Threads of the student on the processor; 0: one a physical core. The ensemble takes half of them, of 0 half of the processors. */
        @WithDefault("0")
        int threads();

        /** Longest wait for one result of the network, after which there is no valid registration; 100 ms to 10 min. */
        @WithDefault("30s")
        Duration timeLimit();

        /**
         * Most time for fitting a field to a volume: one fit, from the network's field where that suits better than the
         * alignment, else from nothing; of alignment, network and fit the best is used. The ensemble fits anew only where
         * nothing fitted was used for the student. Labels come so much later at most, so it must be well below the age budgets; a
         * fit that is not done by then goes into the choice as it is. 0 to 1 min; 0: nothing is fitted.
         */
        @WithDefault("1s")
        Duration fitBudget();
    }

    /** Who makes the images. */
    interface Scanner {

        /**
         * Where the scanner's clock is, for images that do not say (Timezone Offset From UTC): a region such as {@code Europe/Berlin},
         * which knows summer time, or an offset such as {@code +01:00}; the zone of this machine without it. In a wrong zone every
         * image is whole hours too old.
         */
        Optional<@WithConverter(ZoneConverter.class) ZoneId> zone();
    }

    /** Frames into volumes. */
    interface Assembly {

        /** A volume without a new frame for so long is refused; 100 ms to 5 min, well below the offsets' maximum age. */
        @WithDefault("3s")
        Duration idleTimeout();

        /** A volume is closed so long after its first frame, however its frames drip in; not below the idle time-out. */
        @WithDefault("60s")
        Duration openTimeout();

        /** Frames of unfinished volumes held for one procedure; 2 or more. */
        @WithDefault("4096")
        int maxFrames();

        /**
         * Frames of all procedures held in memory until their volume is out, as they came and decoded; intake waits when it is used up. One
         * procedure's unfinished volumes may take half of it, the rest of them is refused; 1M or more.
         */
        @WithDefault("512M")
        MemorySize maxHeldBytes();
    }

    /**
     * Who may come in by HTTP. On other interfaces than the loopback one ({@code quarkus.http.host}) the start is refused without {@code users}, an
     * OpenID provider ({@code quarkus.oidc.…}) or {@code insecure}.
     */
    interface Access {

        /** File of people and machines that may come in, made by {@code regstream user add}. */
        Optional<Path> users();

        /** Whether everybody may come in unasked, on any interface; not together with users. */
        @WithDefault("false")
        boolean insecure();

        /** Names by which browsers may call the service, without port, beside localhost, the name it is bound to and addresses. */
        Optional<List<String>> hosts();

        /** Folder with a certificate {@code tls.crt} and its key {@code tls.key} (PEM): the HTTP port then speaks TLS alone. */
        Optional<Path> tls();
    }

    /** Procedures from the compacted topic and by REST. */
    interface Procedures {

        /** Most procedures at a time; each holds its images in memory; 1 to 1000. */
        @WithDefault("32")
        int capacity();

        /** Procedures that may be sent at a time; a further one is told to come again; 1 or more. */
        @WithDefault("4")
        int maxUploads();

        /** Age budget of a procedure that is created by REST without one; 100 ms to 1 h. */
        @WithDefault("10s")
        Duration ageBudget();

        /** How long reading the whole topic may take at start; 1 s to 10 min. */
        @WithDefault("60s")
        Duration loadTimeout();

        /** How long a change may take until the broker has it and this instance has read it back; 1 s to 5 min. */
        @WithDefault("15s")
        Duration changeTimeout();
    }

    /** How the heap (-Xmx, -XX:MaxRAMPercentage) is shared out, in decoded bytes; together at most 85 percent. */
    interface MemoryShares {

        /** Percent for the images and labels of all procedures; one that does not fit is refused; 1 or more. */
        @WithDefault("20")
        int procedures();

        /** Percent for what is being sent for procedures; what does not fit is refused with 413, or 503 while others are at it; 1 or more. */
        @WithDefault("25")
        int uploads();

        /** Percent for frames whose result is not out; a smaller {@code regstream.assembly.max-held-bytes} goes before; 1 or more. */
        @WithDefault("30")
        int frames();
    }

    /** When frames count as late. The age of results is a matter of each procedure. */
    interface Freshness {

        /** Readiness falls while the oldest frame without a result is older; 1 s to 10 min. */
        @WithDefault("30s")
        Duration frameBudget();
    }

    /** How often and how long alerts ask for attention. */
    interface Alerts {

        /** An open alert is repeated after so long; 1 s to 1 min. */
        @WithDefault("5s")
        Duration repeatAfter();

        /** An alert is shown at least so long; 100 ms to 1 min. */
        @WithDefault("2s")
        Duration minimumDuration();

        /** So often a condition may ask for attention in the raise window, then its alert is kept for all of it; 1 to 1000. */
        @WithDefault("3")
        int maxRaises();

        /** See there; 1 s to 1 h, not below the minimum duration. */
        @WithDefault("1m")
        Duration raiseWindow();

        /** An alert that nobody acknowledges becomes more urgent after so long; 10 s to 1 h, not below the time of a repeat. */
        @WithDefault("2m")
        Duration escalateAfter();
    }

    /** Receipts of displays. */
    interface Receipts {

        /** Whether some display must confirm what it shows while live images come; else only one that has done so once. */
        @WithDefault("false")
        boolean required();

        /** Longest silence of a display, which confirms every 2 s; 3 s to 10 min. */
        @WithDefault("10s")
        Duration budget();
    }

    /** Results out. */
    interface Publishing {

        /** A larger object goes by reference to {@code /dicomweb}; at most the broker's and the topics' limit of 8 MiB. */
        @WithDefault("8M")
        MemorySize maxValueBytes();
    }

    /** Labels as DICOM objects. */
    interface Segmentation {

        /** {@code binary} (66.4), which every reader knows, or {@code labelmap} (66.7), which is compact and newer. */
        @WithDefault("binary")
        SegmentationType type();
    }

    /** Studies in (role ingest) and results out (role view) by DICOMweb. */
    interface Dicomweb {

        /** A larger instance is refused: a record of the frames topic holds 9M with its headers; 1K to 32M. */
        @WithDefault("9152K")
        MemorySize maxInstanceBytes();

        /** A larger STOW-RS request is refused; at most {@code quarkus.http.limits.max-body-size}. */
        @WithDefault("192M")
        MemorySize maxRequestBytes();

        /** STOW-RS requests at a time, 1 or more; a further one is told to come again. */
        @WithDefault("8")
        int maxRequests();

        /** A STOW-RS request whose body is not there by then is refused; 1 s to 10 min. */
        @WithDefault("60s")
        Duration requestTimeout();

        /** An instance that the broker has not acknowledged by then is reported as not stored; 1 s to 1 min. */
        @WithDefault("5s")
        Duration deliveryTimeout();

        /**
         * Results kept in memory for WADO-RS, all together; the oldest go first; 16M or more. An object above a quarter of it is refused
         * with a technical alert.
         */
        @WithDefault("256M")
        MemorySize resultsBytes();

        /** How long a result is kept; 1 s or more. */
        @WithDefault("15m")
        Duration resultsAge();

        /**
         * What displays put before {@code /studies/…} of a result by reference, such as {@code http://host:8080/dicomweb}; without it
         * references are relative to the service.
         */
        Optional<String> publicUrl();
    }

    /** Results to navigation systems by OpenIGTLink, which knows neither passwords nor encryption. */
    interface Navigation {

        /** Whether to listen. */
        @WithDefault("false")
        boolean enabled();

        /** Address to bind to; whoever reaches it sees the patient's images. */
        @WithDefault("127.0.0.1")
        String host();

        /** Port, 0 for any that is free; 3D Slicer and PLUS listen on the same one when they are servers. */
        @WithDefault("18944")
        int port();

        /** Id of the only procedure to show; without it, all are shown. */
        Optional<String> procedure();

        /** Clients at a time, 1 to 256; each takes two threads. */
        @WithDefault("32")
        int maxClients();

        /** A larger message is left out, aloud; 1M or more. */
        @WithDefault("256M")
        MemorySize maxMessageBytes();

        /** A larger body from a client closes its connection. */
        @WithDefault("16M")
        MemorySize maxReceivedBytes();

        /** From the first byte of a client's message to its last; 1 ms or more. */
        @WithDefault("5s")
        Duration readTimeout();

        /** Longest stretch in which a client takes nothing of what is sent to it; 1 ms or more. */
        @WithDefault("10s")
        Duration writeTimeout();

        /** From one STATUS to the next; 1 ms or more. */
        @WithDefault("1s")
        Duration heartbeat();
    }

    /** What happens to each procedure, to be replayed by {@code replay-log}; no images and no identity. */
    interface EventLog {

        /** Folder of the logs, made if missing; without it nothing is recorded. */
        Optional<Path> folder();

        /** Where the log of one procedure ends, compressed; 64K or more. */
        @WithDefault("32M")
        MemorySize maxBytes();
    }

    /** The display page at {@code /} of the HTTP port. */
    interface Page {

        /** Pages at a time, 0 to 256; with 0 nobody is shown anything. */
        @WithDefault("16")
        int maxClients();

        /** From one sign of life to the next; 1 ms to 700 ms, since pages count 1.5 s of silence as a lost connection. */
        @WithDefault("500ms")
        Duration heartbeat();

        /** Longest stretch in which a connection takes nothing; 1 ms or more. */
        @WithDefault("10s")
        Duration writeTimeout();
    }
}
