/**
 * The OpenIGTLink server: results to many navigation systems, each at its own pace.
 *
 * <pre>
 * result, alert -> NavigationFeed -> parcel -> NavigationServer -> Outbox of each client -> its writer thread -> socket
 * </pre>
 *
 * <p>Whoever hands in a result waits for nobody: messages are encoded by the first writer that needs them, and a client that
 * does not keep up finds the newest parcel when it comes back.
 */
package org.regstream.navigation.server;
