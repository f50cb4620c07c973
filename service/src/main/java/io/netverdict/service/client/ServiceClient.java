package io.netverdict.service.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Talks to a running service. Thread-safe. */
public final class ServiceClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(40);
    private static final String VERDICT_WAIT = "30s";
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private final URI service;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    // The service is asked directly, whatever proxy the machine has.
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();

    /**
     * @param service its base URL
     */
    public ServiceClient(URI service) {
        this.service = service;
    }

    /** Some incidents, newest first, and how to ask for more. */
    public record Listing(List<Incident> incidents, String nextCursor) {}

    /** Hands over a report and waits for the verdict. */
    public Incident report(ErrorReport report) throws ServiceException {
        return report(report, false);
    }

    /**
     * Hands over a report and waits for the verdict.
     *
     * @param probe whether the service is to probe the hosts of the error
     */
    public Incident report(ErrorReport report, boolean probe) throws ServiceException {
        try {
            byte[] body = ContractJson.mapper().writeValueAsBytes(report);
            HttpRequest request =
                    request("/api/v1/errors?wait=" + VERDICT_WAIT + (probe ? "&probe=true" : ""))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(body))
                            .build();
            Incident incident = read(send(request));
            if (incident.status() == IncidentStatus.COLLECTING) {
                throw new ServiceException(
                        "the verdict is not there yet; later: netverdict show " + incident.id());
            }
            return incident;
        } catch (IOException e) {
            throw new ServiceException("the service's answer cannot be read", e);
        }
    }

    /** One incident. */
    public Incident incident(String id) throws ServiceException {
        return read(get(path(id)));
    }

    /**
     * A list.
     *
     * @param filters query parameters of the contract; null values are left out
     */
    public Listing incidents(Map<String, String> filters) throws ServiceException {
        String query =
                filters.entrySet().stream()
                        .filter(filter -> filter.getValue() != null)
                        .map(filter -> filter.getKey() + "=" + encode(filter.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
        byte[] body = get("/api/v1/incidents" + query);
        try {
            ObjectMapper mapper = ContractJson.mapper();
            JsonNode page = mapper.readTree(body);
            List<Incident> incidents = new ArrayList<>();
            for (JsonNode incident : page.path("incidents")) {
                incidents.add(mapper.treeToValue(incident, Incident.class));
            }
            return new Listing(incidents, page.path("nextCursor").asText(null));
        } catch (IOException e) {
            throw new ServiceException("the service's answer cannot be read", e);
        }
    }

    /** The packets of an incident as a pcapng file. */
    public byte[] slice(String id) throws ServiceException {
        return get(path(id) + "/slice.pcapng");
    }

    /** The service's status document. */
    public JsonNode status() throws ServiceException {
        try {
            return ContractJson.mapper().readTree(get("/api/v1/status"));
        } catch (IOException e) {
            throw new ServiceException("the service's answer cannot be read", e);
        }
    }

    private static String path(String id) {
        return "/api/v1/incidents/" + encode(id);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Incident read(byte[] body) throws ServiceException {
        try {
            return ContractJson.mapper().readValue(body, Incident.class);
        } catch (IOException e) {
            throw new ServiceException("the service's answer cannot be read", e);
        }
    }

    private byte[] get(String path) throws ServiceException {
        return send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) throws ServiceException {
        try {
            return HttpRequest.newBuilder(service.resolve(path)).timeout(REQUEST_TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new ServiceException(service + " is no URL of a service", e);
        }
    }

    private byte[] send(HttpRequest request) throws ServiceException {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] body = in.readAllBytes();
                int status = response.statusCode();
                if (status == OK || status == CREATED || status == ACCEPTED) {
                    return body;
                }
                throw new ServiceException(problem(status, body));
            }
        } catch (ConnectException e) {
            throw new ServiceException(
                    "no service answers at " + service + "; start one: sudo netverdict serve", e);
        } catch (IOException e) {
            throw new ServiceException("asking " + service + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceException("interrupted", e);
        }
    }

    private static String problem(int status, byte[] body) {
        try {
            String detail = ContractJson.mapper().readTree(body).path("detail").asText("");
            return detail.isEmpty() ? "the service answered " + status : detail;
        } catch (IOException e) {
            return "the service answered " + status;
        }
    }
}
