package org.regstream.service.deployment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Dockerfile, read as far as its rules need it.
 *
 * @param file   path from the repository's root
 * @param stages in their order
 */
record Dockerfile(String file, List<Stage> stages) {

    /** One instruction, continued lines joined. */
    record Instruction(String keyword, String arguments) {}

    /**
     * @param base image or earlier stage it begins from
     * @param name after AS
     */
    record Stage(String base, String name, List<Instruction> instructions) {

        List<String> all(String keyword) {
            return instructions.stream().filter(i -> i.keyword().equals(keyword)).map(Instruction::arguments).toList();
        }

        /** Whether it is meant to be run: a stage that only builds has nothing to start. */
        boolean isImage() {
            return !all("ENTRYPOINT").isEmpty();
        }
    }

    static Dockerfile read(String file) throws IOException {
        List<Stage> stages = new ArrayList<>();
        for (String line : joined(RepositoryFiles.text(file))) {
            String[] words = line.split("\\s+", 2);
            if (words[0].equals("FROM")) {
                String[] from = words[1].split("\\s+");
                stages.add(new Stage(from[0], from.length == 3 ? from[2] : "", new ArrayList<>()));
            } else {
                stages.get(stages.size() - 1).instructions().add(new Instruction(words[0], words[1]));
            }
        }
        return new Dockerfile(file, stages);
    }

    private static List<String> joined(String text) {
        return Stream.of(text.replaceAll("(?m)^#.*\\n", "").replaceAll("\\\\\\n\\s*", "").split("\\n"))
                .filter(l -> !l.isBlank()).toList();
    }

    List<Stage> images() {
        return stages.stream().filter(Stage::isImage).toList();
    }

    boolean hasStage(String name) {
        return stages.stream().anyMatch(s -> s.name().equals(name));
    }
}
