/** The procedures this instance knows, read from the compacted topic. */
package org.regstream.service.procedure;
