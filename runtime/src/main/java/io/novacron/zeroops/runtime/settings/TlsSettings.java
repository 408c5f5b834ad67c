package io.novacron.zeroops.runtime.settings;

/** Certificates of the connections between nodes: each shows its own, and all are signed by one authority. */
public record TlsSettings(
        @Key(value = "none", says = "This node's certificate, a PEM file; read anew every 5 minutes.")
                OptionalFile certificate,
        @Key(value = "none", says = "Its private key, a PEM file in PKCS #8 or PKCS #1.") OptionalFile key,
        @Key(value = "none", says = "The certificate of the authority that signed all of them, a PEM file.")
                OptionalFile ca,
        @Key(value = "false", says = "Whether nodes talk without TLS though other machines could listen.")
                boolean plaintext)
        implements Consistent {

    public boolean isOn() {
        return certificate.isPresent() && key.isPresent() && ca.isPresent();
    }

    @Override
    public void check(Complaints complaints) {
        if (!isOn() && (certificate.isPresent() || key.isPresent() || ca.isPresent())) {
            complaints.add("needs all three, certificate, key and ca, or none", "certificate", "key", "ca");
        }
    }
}
