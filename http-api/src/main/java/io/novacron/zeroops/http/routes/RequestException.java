package io.novacron.zeroops.http.routes;

import io.novacron.zeroops.http.json.Problem;

/** A request that is answered with a problem, thrown from where that is found and turned into it in {@link Problems}. */
final class RequestException extends RuntimeException {
    private final transient Problem problem;

    RequestException(Problem problem) {
        super(problem.detail(), null, false, false); // the client's fault: its trace tells nothing
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    static RequestException invalid(String field, String value, String remedy) {
        return new RequestException(Problem.invalid(field, value, remedy));
    }

    static RequestException of(int status, String name, String detail) {
        return new RequestException(Problem.of(status, name, detail));
    }
}
