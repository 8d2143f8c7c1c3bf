package org.regstream.service.line;

import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.line.EncodedResult;
import org.regstream.core.line.Network;
import org.regstream.core.pipeline.Seen;

/** Makes the objects that are published of what a network has seen. Called on that network's thread. */
@FunctionalInterface
public interface ResultEncoder {

    EncodedResult encode(KnownProcedure known, Complete<HeldFrame> live, Network network, Seen seen);
}
