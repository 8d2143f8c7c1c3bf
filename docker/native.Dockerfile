# syntax=docker/dockerfile:1
# The service as a native executable, which Mandrel has built before: see docker/README.md. No Java machine is inside.

FROM eclipse-temurin:17-jdk-noble@sha256:0000000000000000000000000000000000000000000000000000000000000000 AS native-libraries
COPY docker/unpack-onnxruntime.sh /usr/local/bin/unpack-onnxruntime
COPY src/service/target/onnxruntime /libraries
RUN unpack-onnxruntime /libraries /native

FROM ubuntu:24.04@sha256:0000000000000000000000000000000000000000000000000000000000000000 AS service-native
COPY docker/health-check.sh /usr/local/bin/health-check
COPY --from=native-libraries /native /opt/regstream/native
COPY src/service/target/*-runner /opt/regstream/service
COPY models /opt/regstream/models
WORKDIR /opt/regstream
USER 10001:10001
EXPOSE 8080
VOLUME ["/tmp"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["health-check", "8080", "/q/health/ready"]
ENTRYPOINT ["/opt/regstream/service", "-Donnxruntime.native.path=/opt/regstream/native", "-Dregstream.home=/opt/regstream"]
CMD ["serve"]
