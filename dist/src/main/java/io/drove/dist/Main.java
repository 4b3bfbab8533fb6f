package io.drove.dist;

public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("drove 0.1.0");
    }
}
