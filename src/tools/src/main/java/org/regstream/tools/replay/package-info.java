/** The command {@code replay-log}: an operation once more, from the log of its events. */
package org.regstream.tools.replay;
