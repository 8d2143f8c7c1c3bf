package org.regstream.service.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** People by password (Basic), machines by token (Bearer), both of the users' file. What is of neither kind is left to the OpenID provider. */
@ApplicationScoped
public class AccountMechanism implements HttpAuthenticationMechanism {

    static final String ACCOUNT = "regstream.account";

    /** Quarkus' own word: a WebSocket ends then. */
    private static final String EXPIRES = "quarkus.identity.expire-time";
    private static final String BASIC = "Basic ";
    private static final String TOKEN = "Bearer " + HashedToken.PREFIX;
    private static final int LONGEST = 2048;

    private final Accounts accounts;
    private final BlockingSecurityExecutor threads;

    AccountMechanism(Accounts accounts, BlockingSecurityExecutor threads) {
        this.accounts = accounts;
        this.threads = threads;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager manager) {
        String told = request.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        if (!accounts.isPresent() || told == null) {
            return Uni.createFrom().nullItem();
        }
        if (begins(told, BASIC)) {
            return threads.executeBlocking(() -> identity(byPassword(told.substring(BASIC.length()).strip())));
        }
        if (begins(told, TOKEN)) {
            return Uni.createFrom().item(
                    () -> identity(accounts.byToken(told.substring(TOKEN.length() - HashedToken.PREFIX.length()))));
        }
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return accounts.isPresent()
                ? Uni.createFrom().item(new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(),
                        HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"regstream\", charset=\"UTF-8\""))
                : Uni.createFrom().nullItem();
    }

    private static boolean begins(String header, String with) {
        return header.length() <= LONGEST && header.regionMatches(true, 0, with, 0, with.length());
    }

    private Optional<Account> byPassword(String base64) {
        String told = decode(base64);
        int colon = told.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : accounts.byPassword(told.substring(0, colon), told.substring(colon + 1).toCharArray());
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static SecurityIdentity identity(Optional<Account> found) {
        Account account = found.orElseThrow(AuthenticationFailedException::new);
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(account.name())).addAttribute(ACCOUNT, account);
        account.roles().forEach(role -> identity.addRole(role.word()));
        account.until().ifPresent(end -> identity.addAttribute(EXPIRES, end.getEpochSecond()));
        return identity.build();
    }
}
