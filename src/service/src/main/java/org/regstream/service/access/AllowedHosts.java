package org.regstream.service.access;

import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names by which the service may be called. A name that somebody else owns can be made to point here (DNS rebinding), and then their page is of
 * the same origin as ours; an address cannot, so addresses are always allowed.
 */
final class AllowedHosts {

    private final Set<String> names = new TreeSet<>(Set.of("localhost"));

    /** @param bound the name that the port is bound to; @param others without port */
    AllowedHosts(String bound, Collection<String> others) {
        names.add(plain(bound));
        others.forEach(name -> names.add(plain(name)));
    }

    /** @param host of the request, without port */
    boolean allows(String host) {
        String plain = plain(host);
        return names.contains(plain) || NetUtil.isValidIpV4Address(plain)
                || NetUtil.isValidIpV6Address(plain.replaceAll("^\\[|]$", ""));
    }

    private static String plain(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
