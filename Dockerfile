# The image for unattended use: the program, the certificate authorities, and the folder of run journals. It runs with a
# read-only root: docker run --read-only -v msgsso-state:/state ...
FROM scratch
ARG TARGETPLATFORM
COPY LICENSE /usr/share/licenses/msgsso-wizard/LICENSE
COPY .ci/files/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --chown=65532:65532 .ci/files/state /state
COPY $TARGETPLATFORM/msgsso-wizard /usr/bin/msgsso-wizard
ENV XDG_STATE_HOME=/state
USER 65532:65532
WORKDIR /state
VOLUME /state
ENTRYPOINT ["/usr/bin/msgsso-wizard"]
