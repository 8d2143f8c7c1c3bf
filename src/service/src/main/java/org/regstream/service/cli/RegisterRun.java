package org.regstream.service.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.regstream.core.ConfigurationException;
import org.regstream.core.procedure.Alignment;
import org.regstream.service.cli.OfflineRegistration.Moving;
import org.regstream.service.cli.OfflineRegistration.Result;
import org.regstream.service.cli.RegistrationReport.Figures;
import org.regstream.service.procedure.GivenLabels;

/** One image, or one after the other: read, register, write, say. */
record RegisterRun(OfflineRegistration registration, MovingSource movingSource, LabelFiles labelFiles,
        Optional<Alignment> alignment, Console console) {

    private static final int BAR_UPDATE_MILLIS = 500;

    /**
     * @param truth the image's own labels
     * @return whether there is a valid registration
     */
    boolean one(Path fixed, Optional<Path> truth, Path folder) {
        return register(fixed, truth, folder).isRegistered();
    }

    /**
     * Each image into a folder of its own name; one that fails is named and the others go on.
     *
     * @param truths folder with the images' own labels under the same file names
     * @return whether all were registered
     */
    boolean batch(List<Path> images, Optional<Path> truths, Path folder) {
        requireFolders(images);
        List<RegistrationReport> reports = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName("register").setInitialMax(images.size())
                .setUpdateIntervalMillis(BAR_UPDATE_MILLIS).build()) {
            for (Path image : images) {
                attempt(image, truths.map(t -> t.resolve(image.getFileName())), folder.resolve(ImageFiles.stem(image)),
                        failed).ifPresent(reports::add);
                bar.step();
            }
        }
        summarise(reports, failed);
        return failed.isEmpty();
    }

    private static void requireFolders(List<Path> images) {
        Set<String> names = new HashSet<>();
        images.stream().map(ImageFiles::stem).filter(name -> !names.add(name)).findFirst().ifPresent(name -> {
            throw new ConfigurationException("two images are called " + name
                    + " and would share an output folder; rename one");
        });
    }

    /** Whatever happens to one image, the others go on. @param failed takes the image's name, and why, if there is no registration */
    private Optional<RegistrationReport> attempt(Path image, Optional<Path> truth, Path folder, List<String> failed) {
        String name = ImageFiles.stem(image);
        try {
            RegistrationReport report = register(image, truth, folder);
            if (report.isRegistered()) {
                return Optional.of(report);
            }
            failed.add(name + " (" + report.rejection().reason() + ")");
        } catch (RuntimeException e) {
            console.failure(e);
            failed.add(name + " (failed)");
        }
        return Optional.empty();
    }

    private RegistrationReport register(Path path, Optional<Path> truthPath, Path folder) {
        OutputFolder output = new OutputFolder(folder);
        output.prepare();
        MedicalImage image = ImageFiles.read(path);
        console.notices(image);
        Moving moving = movingSource.forFixed(image);
        Optional<GivenLabels> truth = truthPath.map(p -> labelFiles.read(p, image.labelled()));
        Result result = registration.register(image, moving, alignment, truth);
        output.write(result);
        console.report(result.report());
        return result.report();
    }

    private void summarise(List<RegistrationReport> reports, List<String> failed) {
        console.line("%d of %d images registered: mean NLCC %.3f -> %.3f, folding %.3f %%", reports.size(),
                reports.size() + failed.size(), mean(reports, Figures::nlccBefore), mean(reports, Figures::nlccAfter),
                100 * mean(reports, Figures::foldingFraction));
        if (reports.stream().anyMatch(r -> r.figures().diceAfter() != null)) {
            console.line("mean foreground Dice %.3f -> %.3f", mean(reports, Figures::diceBefore),
                    mean(reports, Figures::diceAfter));
        }
        if (!failed.isEmpty()) {
            console.line("not registered: %s", String.join(", ", failed));
        }
    }

    private static double mean(List<RegistrationReport> reports, Function<Figures, Double> figure) {
        return reports.stream().map(r -> figure.apply(r.figures())).filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
