package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.regstream.core.ConfigurationException;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.Volume;

/**
 * From one live volume to carried labels, their reliability and the field's quality, or to the reason why there is no valid
 * registration: align where that is asked for, lay the network's window over both images, resample each once, look, choose the field that suits best, carry
 * the given labels along it. Results depend on the arguments alone, and on the time that fits are given; safe for concurrent
 * procedures.
 */
public final class RegistrationPipeline {

    /** Share of all labelled voxels that the live volume must cover; what is lost below that is told. */
    static final double MIN_COVERED = 0.8;

    /** Share of any one structure that live volume and window must cover. */
    static final double MIN_OF_STRUCTURE = 0.5;

    /** Share of all labelled voxels that must fit into the window: unlike the scan, where it lies can be chosen. */
    static final double MIN_IN_WINDOW = 0.93;

    private final RegistrationModel model;
    private final Candidates candidates;
    private final Placer placer;
    private final PerReference<ReferenceFacts> facts = new PerReference<>();
    private final PerReference<MovingSide> movingSides = new PerReference<>();

    /** Nothing is fitted. @param model referenced, not owned: the caller closes it */
    public RegistrationPipeline(RegistrationModel model) {
        this(model, Candidates.withoutFitting());
    }

    /**
     * @param model      referenced, not owned: the caller closes it
     * @param candidates what the field is chosen from
     */
    public RegistrationPipeline(RegistrationModel model, Candidates candidates) {
        this.model = model;
        this.candidates = candidates;
        this.placer = new Placer(model.manifest().grid());
    }

    public ModelManifest manifest() {
        return model.manifest();
    }

    /**
     * Checks a reference before any volume is live. Structures that the package does not know are carried like any other; but
     * limits go by name, so the name of a structure that it knows must not stand for another one.
     *
     * @throws ConfigurationException if it does, naming both
     */
    public void requireCompatible(Reference reference) {
        for (Structure s : reference.structures()) {
            for (Structure known : manifest().structures()) {
                if (known.name().equals(s.name()) && !known.isSameAs(s)) {
                    throw new ConfigurationException("structure " + s.label() + " is called " + s.name()
                            + " and has code " + s.code() + " " + s.meaning() + ", but model " + manifest().id()
                            + " knows that name with code " + known.code()
                            + "; correct the code, or name it otherwise");
                }
            }
        }
    }

    /** Of a live volume of which nothing else is known. @param fixed [D, H, W], any unit. Otherwise as {@link #register(Reference, LiveImage)} */
    public RegistrationOutcome register(Reference reference, Volume fixed) {
        return register(reference, LiveImage.of(fixed));
    }

    /** @param reference the pre-operative side; compatible with the model */
    public RegistrationOutcome register(Reference reference, LiveImage live) {
        Placing placing = placer.place(reference, live, facts(reference).middle());
        return placing instanceof Placement placement
                ? register(reference, live.image(), placement)
                : (Rejected) placing;
    }

    private RegistrationOutcome register(Reference reference, Volume fixed, Placement placement) {
        Coverage coverage = Coverage.of(reference, facts(reference), placement, fixed);
        Optional<Rejected> unfit = unfit(reference, coverage, placement);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        WindowImage live = WindowImage.of(fixed, placement.fixedWindow(), manifest().intensity());
        return isFlat(live.mapped())
                ? new Rejected(RejectionReason.FLAT_IMAGE, "the live image is constant inside the network's window "
                        + placement.fixedWindow() + "; check that the scanner sends image data")
                : carry(reference, fixed.grid(), coverage, NetworkInput.of(placement, live,
                        movingSide(reference, placement.movingWindow())));
    }

    private ReferenceFacts facts(Reference reference) {
        return facts.get(reference, ReferenceFacts::of);
    }

    /** Live volumes of a procedure mostly lie at one place. */
    private MovingSide movingSide(Reference reference, Grid window) {
        return movingSides.get(reference, known -> known.window().equals(window),
                r -> MovingSide.of(r, window, manifest()));
    }

    private RegistrationOutcome carry(Reference reference, Grid live, Coverage coverage, NetworkInput in) {
        Look look;
        long start = System.nanoTime();
        try {
            look = model.look(in.fixed(), in.moving());
        } catch (ModelException e) {
            return new Rejected(RejectionReason.MODEL_FAULT, Objects.requireNonNullElse(e.getMessage(), "no message"));
        }
        Duration modelTime = Duration.ofNanos(System.nanoTime() - start);
        Overlay overlay = new OverlayMaker(reference, facts(reference), manifest(), in, live).of(look,
                candidates.choose(in, look),
                s -> coverage.share(s.label()));
        for (StructureFigures f : overlay.structures()) {
            if (f.isLost()) {
                return new Rejected(RejectionReason.STRUCTURE_LOST, f.structure().name()
                        + " has no voxel left after registration; compare the live image with the pre-operative one");
            }
        }
        return new Registered(reference, in, overlay, modelTime);
    }

    private static boolean isFlat(Volume mapped) {
        for (float v : mapped.values()) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Rejected> unfit(Reference reference, Coverage c, Placement placement) {
        double share = c.share(c.inWindow());
        if (share < MIN_IN_WINDOW) {
            return Optional.of(new Rejected(RejectionReason.OUTSIDE_WINDOW, String.format(Locale.ROOT,
                    "the structures do not fit into the network's window %s: %.0f %% of their voxels lie inside, at least "
                            + "%.0f %% are needed; move the region of interest or choose another model package",
                    placement.movingWindow(), 100 * share, 100 * MIN_IN_WINDOW)));
        }
        double covered = c.share(c.inLive());
        if (covered < MIN_COVERED) {
            return Optional.of(notCovered("the structures'", covered, MIN_COVERED));
        }
        for (Structure s : reference.structures()) {
            if (c.share(s.label()) < MIN_OF_STRUCTURE) {
                return Optional.of(c.share(c.inLive(), s.label()) < MIN_OF_STRUCTURE
                        ? notCovered("the " + s.name() + "'s", c.share(c.inLive(), s.label()), MIN_OF_STRUCTURE)
                        : new Rejected(RejectionReason.OUTSIDE_WINDOW, String.format(Locale.ROOT,
                                "the %s does not fit into the network's window %s: %.0f %% of its voxels lie inside, at "
                                        + "least %.0f %% are needed; move the region of interest",
                                s.name(), placement.movingWindow(), 100 * c.share(s.label()),
                                100 * MIN_OF_STRUCTURE)));
            }
        }
        return Optional.empty();
    }

    private static Rejected notCovered(String whose, double share, double needed) {
        return new Rejected(RejectionReason.NO_OVERLAP, String.format(Locale.ROOT,
                "the live volume covers %.0f %% of %s voxels, at least %.0f %% are needed; check the scan range and the "
                        + "alignment of the procedure",
                100 * share, whose, 100 * needed));
    }
}
