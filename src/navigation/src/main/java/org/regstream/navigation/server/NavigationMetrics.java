package org.regstream.navigation.server;

/** What the server reports about itself. May be called from any thread; never throws. */
public interface NavigationMetrics {

    /** A message is on its way to one client. */
    void countSent();

    /** @param messages that one client was not sent, since newer ones replaced them */
    void countDropped(int messages);

    /** A connection has ended. */
    void countClosed(CloseReason reason);

    /** A connection was refused, since there are as many as are allowed. */
    void countRefused();
}
