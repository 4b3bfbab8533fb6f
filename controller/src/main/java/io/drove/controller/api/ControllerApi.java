package io.drove.controller.api;

import io.drove.controller.feed.EventFeed;
import io.drove.model.session.SessionProtocol;
import io.drove.model.wire.DocumentLimits;
import io.drove.model.wire.UserDocuments;
import io.drove.platform.http.LargeAnswers;
import io.drove.platform.http.Routes;
import io.drove.platform.time.Clock;
import io.helidon.webserver.http.Handler;
import java.time.Duration;

/** All endpoints of the public API, to be added to a listener: {@code HttpServer.builder("api").routes(api::addTo)}. */
public final class ControllerApi {
    private static final String ROOT = "/apis/v1";
    // An addition of ours: below operations, the original has {id}/cancel alone.
    private static final String BATCH = ROOT + "/applications/operations/batch";
    // Half of the threads that carry requests at the most; the rest answers what is small.
    private static final int LARGE_AT_ONCE = 4;
    // Two keep the control loop busy; more would only make each late, and take its inbox from others.
    private static final int BATCHES_AT_ONCE = 2;
    private static final Duration LARGE_PATIENCE = Duration.ofSeconds(10);

    private final Gate gate;
    private final LargeAnswers large = new LargeAnswers(LARGE_AT_ONCE, LARGE_PATIENCE);
    private final LargeAnswers batched = new LargeAnswers(BATCHES_AT_ONCE, LARGE_PATIENCE);
    private final Applications applications;
    private final Operations operations;
    private final BatchedOperations batches;
    private final ClusterResource cluster;
    private final Endpoints endpoints;
    private final Events events;
    private final LogFiles logFiles;
    private final FetchedConfigs fetchedConfigs;

    public ControllerApi(Cluster loop, EventFeed feed, ApiSettings settings, Clock clock) {
        UserDocuments documents = new UserDocuments(settings.rules());
        this.gate = new Gate(settings, loop::isLeading);
        this.applications = new Applications(loop::published, documents);
        this.operations = new Operations(loop, documents, settings.replyTimeout());
        this.batches = new BatchedOperations(loop, documents, settings.replyTimeout());
        this.cluster = new ClusterResource(loop::published, settings.self());
        this.endpoints = new Endpoints(loop::published);
        this.events = new Events(feed);
        this.logFiles = new LogFiles(loop::published, new ExecutorFiles(settings), clock);
        this.fetchedConfigs = new FetchedConfigs(loop::published);
    }

    /** Adds the endpoints, by their paths below {@code /apis/v1}. */
    public void addTo(Routes routes) {
        addApplications(routes);
        addOperations(routes);
        addCluster(routes);
        addLogFiles(routes);
        routes.get(SessionProtocol.CONFIGS + "/{id}/{index}", gate.guard(Right.CLUSTER, fetchedConfigs.handler()));
    }

    private void addApplications(Routes routes) {
        routes.post(ROOT + "/applications/validate/spec", reading(applications::validate));
        routes.get(ROOT + "/applications", readingMuch(applications::list));
        routes.get(ROOT + "/applications/{id}", reading(applications::summary));
        routes.get(ROOT + "/applications/{id}/spec", reading(applications::spec));
        routes.get(ROOT + "/applications/{id}/operations", reading(operations::history));
        routes.get(ROOT + "/applications/{id}/instances", readingMuch(applications::instances));
        routes.get(ROOT + "/applications/{id}/instances/old", reading(applications::oldInstances));
        routes.get(ROOT + "/applications/{id}/instances/{instanceId}", reading(applications::instance));
    }

    private void addOperations(Routes routes) {
        routes.post(ROOT + "/applications/operations", writing(operations::begin));
        routes.post(BATCH, writingMuch(batches::begin))
                .largerBodies(BATCH, DocumentLimits.BATCH_BYTES_MAX, BATCHES_AT_ONCE);
        routes.post(ROOT + "/applications/operations/{id}/cancel", writing(operations::cancel));
        // Deprecated in the original, and used.
        routes.post(ROOT + "/operations", writing(operations::begin));
        routes.post(ROOT + "/operations/{id}/cancel", writing(operations::cancel));
        routes.get(ROOT + "/operations/{id}", reading(operations::show));
    }

    private void addCluster(Routes routes) {
        routes.get(ROOT + "/ping", reading(cluster::ping));
        routes.get(ROOT + "/cluster", readingMuch(cluster::summary));
        routes.get(ROOT + "/cluster/executors", readingMuch(cluster::executors));
        routes.get(ROOT + "/cluster/executors/{id}", reading(cluster::executor));
        routes.get(ROOT + "/cluster/events", readingMuch(events::list));
        routes.get(ROOT + "/cluster/events/latest", readingMuch(events::latest));
        routes.get(ROOT + "/cluster/events/summary", reading(events::summary));
        routes.get(ROOT + "/endpoints", readingMuch(endpoints::list));
        routes.get(ROOT + "/endpoints/app/{name}", reading(endpoints::ofApp));
    }

    private void addLogFiles(Routes routes) {
        String instance = ROOT + "/logfiles/applications/{id}/{instanceId}";
        routes.get(instance + "/list", gate.guard(Right.READ_LOGS, logFiles.list()));
        routes.get(instance + "/read/{file}", gate.guard(Right.READ_LOGS, logFiles.read()));
        routes.get(instance + "/download/{file}", gate.guard(Right.READ_LOGS, logFiles.download()));
    }

    private Handler reading(Endpoint endpoint) {
        return gate.guard(Right.READ, Routes.speakingJson(endpoint.asHandler()));
    }

    private Handler readingMuch(Endpoint endpoint) {
        return gate.guard(Right.READ, Routes.speakingJson(large.limit(endpoint.asHandler())));
    }

    private Handler writing(Endpoint endpoint) {
        return gate.guard(Right.WRITE, Routes.speakingJson(endpoint.asHandler()));
    }

    private Handler writingMuch(Endpoint endpoint) {
        return gate.guard(Right.WRITE, Routes.speakingJson(batched.limit(endpoint.asHandler())));
    }
}
