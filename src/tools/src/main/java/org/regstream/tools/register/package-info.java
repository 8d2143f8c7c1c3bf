/**
 * The offline commands: files in, files out, no broker and no Quarkus start.
 *
 * <p>{@link org.regstream.tools.register.RegisterCommand} reads images and labels, hands pairs to
 * {@link org.regstream.tools.register.OfflineRegistration}, and {@link org.regstream.tools.register.OutputFolder} writes what came
 * of it. The package beside this one, {@code transform}, moves other images and points along what it wrote.
 */
package org.regstream.tools.register;
