/** What the readers make of files that other people's scanners and programs wrote, for a script that holds it against other readers. */
package org.regstream.benchmarks.corpus;
