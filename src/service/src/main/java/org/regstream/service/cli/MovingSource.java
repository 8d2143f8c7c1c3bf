package org.regstream.service.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.regstream.service.cli.OfflineRegistration.Moving;
import org.regstream.service.procedure.GivenLabels;

/** Where the moving image of a fixed one comes from. */
@FunctionalInterface
interface MovingSource {

    Moving forFixed(MedicalImage fixed);

    /** The same labelled image for all, read once. */
    static MovingSource pair(Path image, Path labels, LabelFiles labelFiles, Console console) {
        MedicalImage moving = ImageFiles.read(image);
        console.notices(moving);
        GivenLabels given = labelFiles.read(labels, moving.labelled());
        return fixed -> new Moving(moving, given, Optional.empty());
    }

    /** The bank's best for each. */
    static MovingSource bank(AtlasBank bank, LabelFiles labelFiles, Console console) {
        return fixed -> {
            AtlasBank.Choice choice = bank.choose(fixed);
            MedicalImage moving = ImageFiles.read(choice.atlas().image());
            console.notices(moving);
            GivenLabels given = labelFiles.read(choice.atlas().labels(), moving.labelled());
            return new Moving(moving, given, Optional.of(choice.nlcc()));
        };
    }
}
