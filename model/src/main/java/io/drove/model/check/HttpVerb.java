package io.drove.model.check;

/** The verbs that a check may use. */
public enum HttpVerb {
    GET,
    POST,
    PUT
}
