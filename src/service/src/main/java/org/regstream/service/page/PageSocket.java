package org.regstream.service.page;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.core.RegstreamException;
import org.regstream.service.access.Admission;

/** The WebSocket of a page, {@code /page/feed/PROCEDURE}: messages out are {@link PageMessage}, in are {@link PageReport}. */
@WebSocket(path = "/page/feed/{procedure}")
public class PageSocket {

    /** RFC 6455: try again later, and: the message is not what was agreed. */
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int POLICY_VIOLATION = 1008;
    private static final int GOING_AWAY = 1001;
    private static final Logger LOG = Logger.getLogger(PageSocket.class);

    private final PageFeed feed;
    private final PageReceipts receipts;
    private final Admission admission;
    private final SecurityIdentity somebody;
    private final Map<String, PageClient> clients = new ConcurrentHashMap<>();

    PageSocket(PageFeed feed, PageReceipts receipts, Admission admission, SecurityIdentity somebody) {
        this.feed = feed;
        this.receipts = receipts;
        this.admission = admission;
        this.somebody = somebody;
    }

    @OnOpen
    @NonBlocking
    void onOpen(WebSocketConnection connection) {
        feed.join(connection.pathParam("procedure"), new Wire(connection, admission.of(somebody))).ifPresentOrElse(
                client -> clients.put(connection.id(), client),
                () -> end(connection, TRY_AGAIN_LATER, "too many pages"));
    }

    @OnTextMessage
    @NonBlocking
    void onMessage(String json, WebSocketConnection connection) {
        PageClient client = clients.get(connection.id());
        if (client == null) {
            return;
        }
        try {
            PageReport report = PageReport.read(json);
            if (report.isReceived()) {
                client.onReceived();
            } else {
                PageReceipt receipt = report.receipt(client.procedureId());
                feed.onReceipt(receipt);
                receipts.onReceipt(receipt);
            }
        } catch (DecodeException e) {
            LOG.warnf("a page sent what is no report, its connection is ended: %s", e.getMessage());
            end(connection, POLICY_VIOLATION, "not a report");
        }
    }

    @OnClose
    @NonBlocking
    void onClose(WebSocketConnection connection) {
        PageClient client = clients.remove(connection.id());
        if (client != null) {
            feed.leave(client);
        }
    }

    /** A browser that goes in the middle of a message is nothing to tell of. */
    @OnError
    @NonBlocking
    void onError(Throwable failure, WebSocketConnection connection) {
        LOG.debugf(failure, "a page's connection failed");
        end(connection, GOING_AWAY, "failed");
    }

    private static void end(WebSocketConnection connection, int code, String reason) {
        connection.close(new CloseReason(code, reason)).subscribe().with(
                done -> {
                }, failure -> LOG.debugf(failure, "a page's connection was gone already"));
    }

    /** @param mayStay asked before anything is shown */
    private record Wire(WebSocketConnection connection, BooleanSupplier mayStay) implements PageWire {

        @Override
        public CompletionStage<Void> send(byte[] message) {
            if (!mayStay.getAsBoolean()) {
                end(connection, POLICY_VIOLATION, "not allowed any more");
                return CompletableFuture.failedStage(new RegstreamException("who looked at the page may not any more"));
            }
            return connection.sendBinary(Buffer.buffer(message)).subscribeAsCompletionStage();
        }

        @Override
        public void close(String reason) {
            if (connection.isOpen()) {
                end(connection, GOING_AWAY, reason);
            }
        }
    }
}
