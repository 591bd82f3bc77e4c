package telos.server.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads what a server proves itself with by TLS, from files in PEM form (RFC 7468). */
public final class Certificates {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END [A-Z0-9 ]*PRIVATE KEY-----");

    /** What came of it. */
    public sealed interface Outcome {}

    /** It can be used. */
    public record Read(SslContextFactory.Server context) implements Outcome {}

    /** It cannot; the reason says how to mend it. */
    public record Unusable(String why) implements Outcome {}

    private Certificates() {}

    public static Outcome read(Path certificate, Path key) {
        try {
            Certificate[] chain = chain(certificate);
            PrivateKey secret = secret(key);
            if (chain.length == 0) {
                return new Unusable(certificate + " holds no certificate; it must be in PEM form");
            }
            if (!fit(chain[0].getPublicKey(), secret)) {
                return new Unusable("the key in " + key + " is not that of the certificate in " + certificate);
            }
            if (chain[0] instanceof X509Certificate own) {
                own.checkValidity();
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("telos", secret, new char[0], chain);
            SslContextFactory.Server context = new SslContextFactory.Server();
            context.setKeyStore(store);
            context.setKeyStorePassword("");
            context.setSniRequired(false);
            return new Read(context);
        } catch (IOException e) {
            return new Unusable("cannot be read: " + e.getMessage());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return new Unusable(certificate + " and " + key + " cannot be used: " + e.getMessage());
        }
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        byte[] bytes = Files.readAllBytes(file);
        Collection<? extends Certificate> chain =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        return chain.toArray(Certificate[]::new);
    }

    private static PrivateKey secret(Path file) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new InvalidKeySpecException(file + " holds no private key in PEM form");
        }
        if (!matcher.group(1).isEmpty()) {
            throw new InvalidKeySpecException(
                    file + " holds a key in an older form, or one with a passphrase; convert it:"
                            + " openssl pkcs8 -topk8 -nocrypt -in '" + file + "' -out key.pem");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(2));
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (InvalidKeySpecException _) {
                // a key of another kind
            }
        }
        throw new InvalidKeySpecException(file + " holds a key that is none of RSA, EC and Ed25519");
    }

    /** Whether what the one signs is what the other knows. */
    private static boolean fit(PublicKey known, PrivateKey secret) throws GeneralSecurityException {
        if (!known.getAlgorithm().equals(secret.getAlgorithm())
                && !(known.getAlgorithm().startsWith("Ed")
                        && secret.getAlgorithm().startsWith("Ed"))) {
            return false;
        }
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        byte[] words = "whose is it?".getBytes(StandardCharsets.UTF_8);
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(words);
        byte[] signed = signing.sign();
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(known);
        checking.update(words);
        return checking.verify(signed);
    }
}
