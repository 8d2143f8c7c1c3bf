package org.regstream.service.access;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** The rules in the document of the API: how to say who one is, and for each operation which role it takes ({@code x-roles}). */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiSecurity implements OASFilter {

    private static final List<String> SCHEMES = List.of("basic", "bearer");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        SCHEMES.forEach(scheme -> document.getComponents().addSecurityScheme(scheme,
                OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme(scheme)));
        document.getPaths().getPathItems().forEach(ApiSecurity::describe);
    }

    private static void describe(String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> AccessRules
                .of(method.name(), path.replaceAll("\\{[^{}]*}", "1")).ifPresent(rule -> describe(rule, operation)));
    }

    private static void describe(AccessRule rule, Operation operation) {
        SCHEMES.forEach(scheme -> operation.addSecurityRequirement(
                OASFactory.createSecurityRequirement().addScheme(scheme)));
        operation.addExtension("x-roles", rule.roles().stream().map(Role::word).sorted().toList());
        operation.getResponses().addAPIResponse("401", OASFactory.createAPIResponse().description("nobody known"));
        operation.getResponses().addAPIResponse("403",
                OASFactory.createAPIResponse().description("somebody without the role, or a page of another site"));
    }
}
