package org.regstream.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.regstream.gateway.dimse.ListenSettings;
import org.regstream.gateway.topic.TopicSettings;

/**
 * All settings of one gateway.
 *
 * @param listen          the DICOM side
 * @param topic           the Kafka side
 * @param status          where health and metrics are answered
 * @param auditRepository syslog server for audit messages; empty for the log
 * @param grace           longest wait for open associations at the stop
 */
public record GatewaySettings(ListenSettings listen, TopicSettings topic, InetSocketAddress status,
        Optional<InetSocketAddress> auditRepository, Duration grace) {}
