/**
 * Which requests of a host are led to the Service, by the path in their URL.
 */
export class HttpPath {
  /**
   * The path itself and everything below it: `/shop` takes `/shop/cart` too, but not `/shopping`.
   *
   * @param path absolute path, starts with `/`
   * @returns the path
   */
  public static prefix(path: string): HttpPath {
    return new HttpPath('prefix', path);
  }

  /**
   * The path itself and nothing below it.
   *
   * @param path absolute path, starts with `/`
   * @returns the path
   */
  public static exact(path: string): HttpPath {
    return new HttpPath('exact', path);
  }

  /**
   * Whatever the controller of the Ingress makes of it, such as a regular expression. An HTTPRoute has no such paths.
   *
   * @param path starts with `/`
   * @returns the path
   */
  public static implementationSpecific(path: string): HttpPath {
    return new HttpPath('implementationSpecific', path);
  }

  private constructor(
    /** @internal */
    public readonly _factory: 'prefix' | 'exact' | 'implementationSpecific',
    /** @internal */
    public readonly _path: string,
  ) {}
}
