package org.regstream.service.page;

/** What is counted of pages. */
public interface PageMetrics {

    /** A message was taken by a connection. */
    void countSent();

    /** A message was replaced by a newer one before a slow page took it. */
    void countDropped();

    /** A page was turned away because there are too many. */
    void countRefused();
}
