/**
 * The offline commands: files in, files out, no broker and no Quarkus start.
 *
 * <p>{@link org.regstream.service.cli.RegisterCommand} reads images and labels, hands pairs to
 * {@link org.regstream.service.cli.OfflineRegistration}, and {@link org.regstream.service.cli.OutputFolder} writes what came
 * of it.
 */
package org.regstream.service.cli;
