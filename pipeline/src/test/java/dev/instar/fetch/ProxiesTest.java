package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProxiesTest {
  @Test
  void eachSchemeHasItsProxyInEitherCase() {
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "http://p.example:3128", "http_proxy", "q.example:8080");

    assertThat(chosen(environment, "https://zenodo.org/x")).isEqualTo("p.example:3128");
    assertThat(chosen(environment, "http://zenodo.org/x")).isEqualTo("q.example:8080");
    assertThat(chosen(Map.of("ALL_PROXY", "http://a.example"), "https://zenodo.org/x"))
        .isEqualTo("a.example:80");
    assertThat(chosen(Map.of("HTTPS_PROXY", " "), "https://zenodo.org/x")).isEqualTo("direct");
    assertThat(chosen(Map.of(), "https://zenodo.org/x")).isEqualTo("direct");
  }

  @Test
  void noProxyExceptsHostsAndTheirSubdomains() {
    String list = "zenodo.org, .example.com,*.example.net other.example:8443";
    assertThat(with(list, "https://zenodo.org/")).isEqualTo("direct");
    assertThat(with(list, "https://www.zenodo.org/")).isEqualTo("direct");
    assertThat(with(list, "https://notzenodo.org/")).isEqualTo("p.example:3128");
    assertThat(with(list, "https://a.example.com/")).isEqualTo("direct");
    assertThat(with(list, "https://a.example.net/")).isEqualTo("direct");
    assertThat(with(list, "https://other.example:8443/")).isEqualTo("direct");
    assertThat(with(list, "https://other.example/")).isEqualTo("p.example:3128");
    assertThat(with("*", "https://anything.example/")).isEqualTo("direct");
  }

  @Test
  void loopbackIsReachedDirectly() {
    assertThat(with("", "http://127.0.0.1:80/")).isEqualTo("direct");
    assertThat(with("", "http://localhost/")).isEqualTo("direct");
  }

  @Test
  void aNameAndPasswordInTheAddressAreForTheProxy() {
    assertThat(Proxies.of(Map.of("HTTPS_PROXY", "http://me:p%40ss@p.example:1")).authenticator())
        .isPresent();
    assertThat(Proxies.of(Map.of("HTTPS_PROXY", "http://p.example:1")).authenticator()).isEmpty();
  }

  @Test
  void whatIsNoHttpProxyIsRefusedWithoutShowingItsPassword() {
    assertThatThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", "socks5://me:secret@p.example:1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the environment's proxy must be http://HOST:PORT, not socks5://p.example");
    assertThatThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", "http://me:sec ret@p")))
        .hasMessage("the environment's proxy is no address");
  }

  private static String with(String noProxy, String uri) {
    return chosen(Map.of("https_proxy", "p.example:3128", "NO_PROXY", noProxy), uri);
  }

  private static String chosen(Map<String, String> environment, String uri) {
    Proxy proxy = Proxies.of(environment).select(URI.create(uri)).get(0);
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "direct";
  }
}
