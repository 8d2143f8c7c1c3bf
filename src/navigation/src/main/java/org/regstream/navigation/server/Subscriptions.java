package org.regstream.navigation.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one client is sent unasked: everything, until it says STP_…; STT_… brings it back. Without a device name the question is
 * about all devices of a type. Thread-safe.
 */
final class Subscriptions {

    /** @param byDefault whether devices of the type are sent that are not among the exceptions */
    private record Rule(boolean byDefault, Set<String> exceptions) {}

    private final Map<String, Rule> rules = new HashMap<>();

    synchronized boolean isOn(Outgoing message) {
        Rule rule = rules.get(message.type());
        return rule == null || rule.byDefault() != rule.exceptions().contains(message.device());
    }

    /** @param device a device that exists, or empty for all devices of the type
     *  @param isOn   whether to send it from now on */
    synchronized void set(String type, String device, boolean isOn) {
        if (device.isEmpty()) {
            rules.put(type, new Rule(isOn, new HashSet<>()));
            return;
        }
        Rule rule = rules.computeIfAbsent(type, t -> new Rule(true, new HashSet<>()));
        if (rule.byDefault() == isOn) {
            rule.exceptions().remove(device);
        } else {
            rule.exceptions().add(device);
        }
    }
}
