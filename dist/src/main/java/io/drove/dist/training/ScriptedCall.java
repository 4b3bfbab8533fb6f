package io.drove.dist.training;

/** A call as the engine gets it; the path with its query. */
record ScriptedCall(String method, String path, String body) {
    boolean is(String wantedMethod, String prefix, String end) {
        return method.equals(wantedMethod) && bare().startsWith(prefix) && bare().endsWith(end);
    }

    String query() {
        int begin = path.indexOf('?');
        return begin < 0 ? "" : path.substring(begin + 1);
    }

    private String bare() {
        int end = path.indexOf('?');
        return end < 0 ? path : path.substring(0, end);
    }
}
