package telos.server.api.http;

/** Sees an answer before it is written. */
interface Recorder {
    Recorder NONE = new Recorder() {
        @Override
        public void begins(int status, String contentType) {}

        @Override
        public void writes(boolean last, byte[] bytes) {}

        @Override
        public void spoils() {}
    };

    void begins(int status, String contentType);

    /**
     * More of the answer.
     *
     * @param last whether the answer ends with these bytes
     */
    void writes(boolean last, byte[] bytes);

    /** The answer that was begun tells of a fault: it is no answer to the same request sent again. */
    void spoils();
}
