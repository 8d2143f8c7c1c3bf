/** The procedures this instance knows, from the compacted topic, and the running line of each from frame to result. */
package org.regstream.service.procedure;
