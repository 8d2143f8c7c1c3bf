/** Keeps each procedure's events in a file, on a thread of its own: no line waits for a disk. */
package org.regstream.service.eventlog;
