export const start = () => ({ error() {}, fatal() {}, info() {} });
