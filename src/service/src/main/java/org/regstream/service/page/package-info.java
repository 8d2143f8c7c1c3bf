/**
 * The display page's feed: what the page at {@code /} shows, as binary messages over a WebSocket. {@link PageFeed} knows what is to
 * be shown, {@link PageClient} what one browser still has to be told, {@link PageMessage} the layout of a message. A slow
 * browser misses results, never delays another or the pipeline.
 */
package org.regstream.service.page;
