#!/bin/bash
# Creates the topics of regstream, or brings those that exist to these settings. Runs inside the Kafka image.
#
#   BOOTSTRAP_SERVERS   brokers
#   TOPIC_PARTITIONS    of all topics but the two that keep state, which have one
#   TOPIC_REPLICATION   1 on one machine, 3 on a cluster
set -euo pipefail

servers=${BOOTSTRAP_SERVERS:-localhost:9092}
partitions=${TOPIC_PARTITIONS:-8}
replication=${TOPIC_REPLICATION:-1}
kafka=${KAFKA_HOME:-/opt/kafka}/bin

hour=$((60 * 60 * 1000))
day=$((24 * hour))
# As TopicSetup sets it: values of up to 8 MiB with their headers.
max_message_bytes=9437184
# A refused frame carries why, on top of what it came with.
max_letter_bytes=10485760

# topic NAME PARTITIONS SETTING...; a setting that is given twice: the later counts
topic() {
    local name=$1 count=$2
    shift 2
    local settings
    settings=$(IFS=, && echo "max.message.bytes=$max_message_bytes,$*")
    "$kafka/kafka-topics.sh" --bootstrap-server "$servers" --create --if-not-exists --topic "$name" \
        --partitions "$count" --replication-factor "$replication"
    "$kafka/kafka-configs.sh" --bootstrap-server "$servers" --alter --entity-type topics --entity-name "$name" \
        --add-config "$settings"
}

# Frames are patient data: no longer than an outage may last, and bounded in bytes (a partition).
topic dicom.frames "$partitions" retention.ms=$((6 * hour)) retention.bytes=$((8 << 30))
topic dicom.frames.dead-letter "$partitions" max.message.bytes=$max_letter_bytes retention.ms=$((7 * day)) retention.bytes=$((1 << 30))
# The newest bundle of each procedure stays; a deleted one is forgotten after a day.
topic registration.procedures 1 cleanup.policy=compact delete.retention.ms=$day segment.ms=$hour
topic display.labels "$partitions" retention.ms=$((6 * hour)) retention.bytes=$((8 << 30))
topic display.uncertainty "$partitions" retention.ms=$((6 * hour)) retention.bytes=$((8 << 30))
topic display.displacement "$partitions" retention.ms=$((6 * hour)) retention.bytes=$((8 << 30))
topic display.alerts "$partitions" retention.ms=$((7 * day)) retention.bytes=$((1 << 30))
# Heartbeats and receipts matter for seconds; they are kept for whoever looks into a fault.
topic display.status "$partitions" retention.ms=$hour retention.bytes=$((1 << 30))
topic display.receipts "$partitions" retention.ms=$day retention.bytes=$((1 << 30))
# What is known of each procedure's alerts; written every two seconds, so that segments are short.
topic registration.alerts 1 cleanup.policy=compact delete.retention.ms=$day segment.ms=$hour
