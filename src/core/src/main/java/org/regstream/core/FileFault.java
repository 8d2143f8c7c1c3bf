package org.regstream.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why a file cannot be used, in words: the system's exceptions say the file's name and leave the rest to their class. */
public final class FileFault {

    private FileFault() {}

    /** @return such as {@code no such file: scan.nii.gz} */
    public static String inWords(Path file, IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "no such file: " + file;
        }
        if (fault instanceof AccessDeniedException) {
            return "this user may not read " + file;
        }
        return fault instanceof NotDirectoryException
                ? "not a folder: " + file
                : "cannot read " + file + ": " + fault.getMessage();
    }
}
